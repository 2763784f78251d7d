import type { Preset } from '../../domain/preset.js';
import type { PresetStorage } from '../../ports/preset-storage.js';
import type { PresetRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';

export function createSqlitePresets(database: SqliteDatabase): PresetStorage {
  const { queries } = database;
  const presetsOf = (ownerId: string) =>
    queries.selectFrom('presets').selectAll().where('owner_id', '=', ownerId);

  return {
    async createPreset({ ownerId, parameters, createdAt, updatedAt, ...preset }) {
      const row: PresetRow = {
        ...preset,
        owner_id: ownerId,
        parameters: JSON.stringify(parameters),
        created_at: createdAt,
        updated_at: updatedAt,
      };
      database.write(queries.insertInto('presets').values(row));
    },

    async findPreset(ownerId, presetId) {
      const row = database.first(presetsOf(ownerId).where('id', '=', presetId));
      return row ? fromPresetRow(row) : null;
    },

    async listPresets(ownerId, { limit, after }) {
      let list = presetsOf(ownerId);
      if (after !== undefined) list = list.where('id', '<', after);
      return database.all(list.orderBy('id', 'desc').limit(limit)).map(fromPresetRow);
    },

    async updatePreset(ownerId, presetId, { name, parameters }, at) {
      const row = database.first(
        queries
          .updateTable('presets')
          .set((preset) => ({
            ...(name !== undefined && { name }),
            ...(parameters !== undefined && { parameters: JSON.stringify(parameters) }),
            updated_at: at,
            version: preset('version', '+', 1),
          }))
          .where('id', '=', presetId)
          .where('owner_id', '=', ownerId)
          .returningAll(),
      );
      return row ? fromPresetRow(row) : null;
    },

    async deletePreset(ownerId, presetId) {
      const deletion = queries.deleteFrom('presets').where('id', '=', presetId);
      return database.write(deletion.where('owner_id', '=', ownerId)) > 0;
    },
  };
}

export function fromPresetRow(row: PresetRow): Preset {
  return {
    id: row.id,
    ownerId: row.owner_id,
    name: row.name,
    parameters: JSON.parse(row.parameters) as Preset['parameters'],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
