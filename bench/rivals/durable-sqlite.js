// The same cycle with each change a transaction of SQLite, on stable storage when it returns.
/** Makes a function that writes a line as a transaction; null where better-sqlite3 is not installed. */
export async function sqliteAppend(path) {
  const sqlite = await import("better-sqlite3").catch(() => null);
  if (sqlite === null) return null;
  const database = new sqlite.default(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec("CREATE TABLE records (id INTEGER PRIMARY KEY, line TEXT)");
  const insert = database.prepare("INSERT INTO records (line) VALUES (?)");
  return async (line) => void insert.run(line);
}
