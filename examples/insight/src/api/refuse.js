/** An answer that says what is wrong with a request, and with which field. */
export const refuse = (statusCode, field, problem) => Object.assign(new Error(problem), { statusCode, field });

/** Errors of analyses and queries with the status that a client can act on. */
export const withStatus = (error) => {
  if (error.code === 'bad_parameter') return Object.assign(error, { statusCode: 400, field: error.parameter });
  if (error.code === 'query_refused') return Object.assign(error, { statusCode: 400, field: 'sql' });
  if (error.code === 'query_timeout') return Object.assign(error, { statusCode: 422, field: 'range' });
  return error;
};
