import type { Preset } from '../../domain/preset.js';
import type { PresetStorage } from '../../ports/preset-storage.js';
import { toDocument, type PresetDocument } from './documents.js';
import type { MongoModels } from './mongo-models.js';

export function createMongoPresets({ presets }: MongoModels): PresetStorage {
  return {
    async createPreset(preset) {
      await presets.create(toDocument(preset));
    },

    async findPreset(ownerId, presetId) {
      return fromDocument(await presets.findOne({ _id: presetId, ownerId }).lean());
    },

    async listPresets(ownerId, { limit, after }) {
      const found = await presets
        .find({ ownerId, ...(after !== undefined && { _id: { $lt: after } }) })
        .sort({ _id: -1 })
        .limit(limit)
        .lean();
      return found.map(toPreset);
    },

    async updatePreset(ownerId, presetId, patch, at) {
      const change = { $set: { ...patch, updatedAt: at }, $inc: { version: 1 } };
      return fromDocument(
        await presets
          .findOneAndUpdate({ _id: presetId, ownerId }, change, { returnDocument: 'after' })
          .lean(),
      );
    },

    async deletePreset(ownerId, presetId) {
      return (await presets.deleteOne({ _id: presetId, ownerId })).deletedCount > 0;
    },
  };
}

export function toPreset({ _id: id, ...preset }: PresetDocument): Preset {
  return { id, ...preset };
}

function fromDocument(document: PresetDocument | null): Preset | null {
  return document ? toPreset(document) : null;
}
