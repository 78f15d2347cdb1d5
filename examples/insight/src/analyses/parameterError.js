/** Somebody asked for what cannot be: answered with 400, never logged as a failure. */
export class ParameterError extends Error {
  constructor(name, problem) {
    super(`${name}: ${problem}`);
    this.name = 'ParameterError';
    this.code = 'bad_parameter';
    this.statusCode = 400;
    this.field = name;
    this.parameter = name;
  }
}
