import { DomainError } from '../../domain/domain-error.js';
import { foldText } from '../../domain/fold-text.js';
import type { User } from '../../domain/user.js';
import type { UserStorage } from '../../ports/user-storage.js';
import { deleteUser } from './delete-user.js';
import type { UserRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { isUniqueViolation } from './sqlite-errors.js';

export type StoredUser = Omit<UserRow, 'row_id'>;

export function createSqliteUsers(database: SqliteDatabase): UserStorage {
  const { queries } = database;
  const users = () => queries.selectFrom('users').selectAll();

  return {
    async createUser(user) {
      try {
        database.write(queries.insertInto('users').values(toRow(user)));
      } catch (error) {
        throw translateTaken(error);
      }
    },

    async findUser(userId) {
      const row = database.first(users().where('id', '=', userId));
      return row ? fromUserRow(row) : null;
    },

    async updatePasswordHash(userId, passwordHash) {
      const update = queries.updateTable('users').set({ password_hash: passwordHash });
      return database.write(update.where('id', '=', userId)) > 0;
    },

    deleteUser: (userId) => deleteUser(database, userId),

    async findUserByEmail(email) {
      const row = database.first(users().where('email_key', '=', foldText(email)));
      return row ? fromUserRow(row) : null;
    },
  };
}

function translateTaken(error: unknown): unknown {
  if (isUniqueViolation(error, 'users.email_key')) {
    return new DomainError('email_taken', 'This e-mail address has an account already.');
  }
  if (isUniqueViolation(error, 'users.username_key')) {
    return new DomainError('username_taken', 'This username is taken.');
  }
  return error;
}

function toRow(user: User): StoredUser {
  return {
    id: user.id,
    username: user.username,
    username_key: foldText(user.username),
    email: user.email,
    email_key: foldText(user.email),
    password_hash: user.passwordHash,
    created_at: user.createdAt,
  };
}

export function fromUserRow(row: StoredUser): User {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
