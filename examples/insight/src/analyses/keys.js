/** A key of a cell: `column = value`. Which people stand behind a number is asked by the keys of its cell. */
export const equal = (type, column) => ({ type, where: (value) => `${column} = ${value}` });
