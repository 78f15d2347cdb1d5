const log = (line, ...rest) => {
  log.lines.push(line);
  log.args.push(rest);
};
log.lines = [];
log.args = [];
module.exports = log;
