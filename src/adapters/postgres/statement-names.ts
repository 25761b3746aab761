/** Each name costs memory in every connection, here and in the server, for as long as the connection lives. */
const MOST_NAMES = 500;

/**
 * Names for prepared statements: the same SQL gets the same name, so that PostgreSQL parses and plans it once per
 * connection. SQL beyond the first `most` distinct texts (lists of varying length make new ones) gets the empty
 * name, which PostgreSQL does not keep.
 *
 * @param prefix what the names begin with: those who share connections need different ones
 */
export function statementNames(prefix: string, most = MOST_NAMES): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most) return '';
    const name = `${prefix}_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
