/** Times are milliseconds since the epoch throughout the domain. */
export interface User {
  id: string;
  username: string;
  /** Lower case; unique. */
  email: string;
  /** argon2id, in PHC string form. */
  passwordHash: string;
  createdAt: number;
}

/** Who makes a request: every owned object is reached through `userId`. */
export interface Caller {
  userId: string;
  sessionId: string;
}
