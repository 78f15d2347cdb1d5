const lines = [];
const args = [];
export const log = (line, ...rest) => {
  lines.push(line);
  args.push(rest);
};
log.lines = lines;
log.args = args;
