/** Slow, salted hashing of passwords. */
export interface PasswordHasher {
  /** @throws DomainError `rate_limited` when too many are waiting already */
  hash(password: string): Promise<string>;
  /**
   * Takes the same time whether there is a hash to compare with or not.
   *
   * @param hash null when the account does not exist
   * @throws DomainError `rate_limited` when too many are waiting already
   */
  matches(password: string, hash: string | null): Promise<boolean>;
}
