import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** One SQLite file. What a transaction has committed survives `kill -9` and a power cut. */
export interface Database {
  /** The prepared statement for this text; prepared once, then looked up. */
  sql(text: string): StatementSync;
  /** Runs statements that answer nothing. */
  exec(text: string): void;
  /** Runs `work` in one write transaction: all of it or, when it throws, nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export interface DatabaseOptions {
  /** Path of the file, or `:memory:`. */
  file: string;
  /** Raise it with each change of tables or seed data. */
  dataVersion: number;
  /** CREATE TABLE and CREATE INDEX statements. */
  schema: string;
  /** Fills a new file; runs once, inside the transaction that makes the tables. */
  seed: (database: Database) => void;
}

export function openDatabase(options: DatabaseOptions): Database {
  const isInMemory = options.file === ':memory:';
  if (!isInMemory && !existsSync(options.file)) buildFile(options);
  const database = connect(
    options.file,
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000',
  );
  if (isInMemory) fill(database, options);
  const found = Number(database.sql('PRAGMA user_version').get()?.['user_version']);
  if (found === options.dataVersion) return database;
  database.close();
  throw new Error(
    `${options.file} holds data of version ${found}, this service needs ${options.dataVersion}: delete the file to seed it afresh.`,
  );
}

/** Seeds under another name and without a journal, which is fast; a file under the real name is whole. */
function buildFile(options: DatabaseOptions): void {
  mkdirSync(dirname(options.file), { recursive: true });
  const unfinished = `${options.file}.new`;
  rmSync(unfinished, { force: true });
  const database = connect(unfinished, 'PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  fill(database, options);
  database.close();
  renameSync(unfinished, options.file);
}

function fill(database: Database, options: DatabaseOptions): void {
  database.transaction(() => {
    database.exec(options.schema);
    options.seed(database);
    database.exec(`PRAGMA user_version = ${options.dataVersion}`);
  });
  database.exec('ANALYZE');
}

function connect(file: string, pragmas: string): Database {
  const connection = new DatabaseSync(file);
  connection.exec(pragmas);
  const statements = new Map<string, StatementSync>();
  return {
    sql(text) {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = connection.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
    exec: (text) => connection.exec(text),
    transaction(work) {
      connection.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
