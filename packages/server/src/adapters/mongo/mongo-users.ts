import { DomainError } from '../../domain/domain-error.js';
import { foldText } from '../../domain/fold-text.js';
import type { User } from '../../domain/user.js';
import type { UserStorage } from '../../ports/user-storage.js';
import { toDocument, type UserDocument } from './documents.js';
import { deleteUser } from './delete-user.js';
import { isDuplicateKey } from './mongo-errors.js';
import type { MongoModels } from './mongo-models.js';

export function createMongoUsers(models: MongoModels): UserStorage {
  const { users } = models;
  return {
    async createUser(user) {
      const emailKey = foldText(user.email);
      const usernameKey = foldText(user.username);
      try {
        await users.create({ ...toDocument(user), emailKey, usernameKey });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Not every compatible server says which index it was.
        throw (await users.exists({ emailKey }))
          ? new DomainError('email_taken', 'This e-mail address has an account already.')
          : new DomainError('username_taken', 'This username is taken.');
      }
    },

    async updatePasswordHash(userId, passwordHash) {
      const { matchedCount } = await users.updateOne({ _id: userId }, { passwordHash });
      return matchedCount > 0;
    },

    deleteUser: (userId) => deleteUser(models, userId),

    async findUser(userId) {
      return fromDocument(await users.findById(userId).lean());
    },

    async findUserByEmail(email) {
      return fromDocument(await users.findOne({ emailKey: foldText(email) }).lean());
    },
  };
}

function fromDocument(document: UserDocument | null): User | null {
  return document ? toUser(document) : null;
}

export function toUser({ _id: id, username, email, passwordHash, createdAt }: UserDocument): User {
  return { id, username, email, passwordHash, createdAt };
}
