import mongoose from 'mongoose';

/** Leaves nothing of a test behind in a database that others use too. */
export async function dropDatabase(uri: string, databaseName: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName: databaseName }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
