import { readStoragePlaces } from '../config.js';
import { StartupError } from '../domain/startup-error.js';
import { explain } from '../explain.js';
import type { MigrationSource, MigrationTarget } from '../ports/migration.js';
import { migrate } from '../use-cases/migrate.js';

/**
 * Copies the embedded database into MongoDB and says how it goes.
 *
 * @returns the exit code: 0 when everything is there, 1 when something kept it from that
 */
export async function runMigrate(options: {
  restart: boolean;
  batchSize: number;
}): Promise<number> {
  let source: MigrationSource | undefined;
  let target: MigrationTarget | undefined;
  try {
    const { databaseFile, mongoUri } = readStoragePlaces();
    if (mongoUri === undefined) {
      throw new StartupError('MONGO_URI is not set: name the MongoDB to copy into.');
    }
    // Loaded only here: a server that starts needs none of it.
    const { openSqliteMigrationSource } =
      await import('../adapters/sqlite/sqlite-migration-source.js');
    source = openSqliteMigrationSource(databaseFile);
    const { openMongoMigrationTarget } =
      await import('../adapters/mongo/mongo-migration-target.js');
    target = await openMongoMigrationTarget({ uri: mongoUri });
    say(`Copying ${databaseFile} into MongoDB.`);
    await migrate({ ...options, source, target, report: say });
    say('Done: everything is there. Start the server with the same MONGO_URI.');
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  } finally {
    await target?.close();
    await source?.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
