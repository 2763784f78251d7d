export interface Chat {
  id: string;
  ownerId: string;
  title: string | null;
  /** The leaf of the branch that is shown; null only in a chat without messages. */
  activeLeafId: string | null;
  pinned: boolean;
  archived: boolean;
  createdAt: number;
  /** When a message was last added. */
  updatedAt: number;
  deletedAt: number | null;
  /** Grows by one with every change. */
  version: number;
}
