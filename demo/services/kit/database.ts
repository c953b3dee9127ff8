import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** One SQLite file. What a transaction has committed survives `kill -9` and a power cut. */
export interface Database {
  /** The prepared statement for this text; prepared once, then looked up. */
  sql(text: string): StatementSync;
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
  if (options.file !== ':memory:') mkdirSync(dirname(options.file), { recursive: true });
  const connection = new DatabaseSync(options.file);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000');
  const statements = new Map<string, StatementSync>();
  const database: Database = {
    sql(text) {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = connection.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
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

  const found = Number(database.sql('PRAGMA user_version').get()?.['user_version']);
  if (found === 0) {
    database.transaction(() => {
      connection.exec(options.schema);
      options.seed(database);
      connection.exec(`PRAGMA user_version = ${options.dataVersion}`);
    });
    connection.exec('ANALYZE');
  } else if (found !== options.dataVersion) {
    connection.close();
    throw new Error(
      `${options.file} holds data of version ${found}, this service needs ${options.dataVersion}: delete the file to seed it afresh.`,
    );
  }
  return database;
}
