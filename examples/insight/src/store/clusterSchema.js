/** Small, and joined by every query: each node has all of it. */
const EVERYWHERE = new Set(['persons', 'links', 'shares', 'costs', 'journal_offset']);

const CREATE_TABLE =
  /^((?:--.*\n)*)CREATE TABLE IF NOT EXISTS (\w+) ([\s\S]*?)\nENGINE = (\w*)MergeTree(?:\((\w+)\))?([\s\S]*)$/;
const ALTER_TABLE = /^((?:--.*\n)*ALTER TABLE )(\w+) ([\s\S]*)$/;
const CREATE_VIEW = /^(CREATE (?:OR REPLACE VIEW|VIEW IF NOT EXISTS) \w+)/m;

/**
 * The schema of one node as that of a cluster: replicated, and sharded by the visitor, so that all events of a visitor
 * are on one shard.
 *
 * @param {string[]} statements As `schemaStatements('clickhouse')` gives them.
 * @param {string} cluster Its name in the servers' configuration.
 */
export const clusterSchema = (statements, cluster) =>
  statements.flatMap((statement) => {
    const [, alter = '', altered, change] = ALTER_TABLE.exec(statement) ?? [];
    if (altered) {
      const name = altered.replace(/_rows$/, '');
      const tables = EVERYWHERE.has(name) ? [altered] : [`${name}_local`, altered];
      return tables.map((table) => `${alter}${table} ON CLUSTER ${cluster} ${change}`);
    }
    const [, comment = '', table, columns, kind, version, rest] = CREATE_TABLE.exec(statement) ?? [];
    if (!table) return [statement.replace(CREATE_VIEW, `$1 ON CLUSTER ${cluster}`)];
    const name = table.replace(/_rows$/, '');
    const isEverywhere = EVERYWHERE.has(name);
    const path = `/clickhouse/tables/${isEverywhere ? 'all' : '{shard}'}/${name}`;
    const engine = `Replicated${kind}MergeTree(${[`'${path}'`, `'${isEverywhere ? '{shard}-{replica}' : '{replica}'}'`, version].filter(Boolean).join(', ')})`;
    const local = isEverywhere ? table : `${name}_local`;
    const made = `${comment}CREATE TABLE IF NOT EXISTS ${local} ON CLUSTER ${cluster} ${columns}\nENGINE = ${engine}${rest}`;
    if (isEverywhere) return [made];
    const shardBy = name === 'drops' || name === 'arrivals' ? 'sipHash64(batch_id)' : 'sipHash64(anonymous_id)';
    return [
      made,
      `CREATE TABLE IF NOT EXISTS ${table} ON CLUSTER ${cluster} AS ${local}\nENGINE = Distributed(${cluster}, currentDatabase(), ${local}, ${shardBy})`,
    ];
  });
