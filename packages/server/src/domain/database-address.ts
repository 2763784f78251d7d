const HOST = String.raw`(?:\[[\da-f:.]+\]|[^:@/?#,\s]+)(?::\d+)?`;
const REST = String.raw`(?<hosts>${HOST}(?:,${HOST})*)(?<path>/[^@/?#\s]*)?(?:\?(?:[\w.]+=[^#&\s]*&?)*)?$`;
/** User and password, then hosts, a path and options: each sign that parts them but once. */
const MONGO = new RegExp(
  String.raw`^mongodb(?:\+srv)?://(?:(?<user>[^:@/?#\s]*)(?::(?<password>[^@/?#\s]*))?@)?${REST}`,
);
/** The last @ parts the password from the host, as in any URL. */
const REDIS = new RegExp(
  String.raw`^rediss?://(?:(?<user>[^:@/?#\s]*)(?::(?<password>[^/?#\s]*))?@)?${REST}`,
);

/** What to do about an address that cannot be read. */
export const ESCAPING =
  'with @ : / ? # % in user name and password percent-escaped (@ is %40, : is %3A, / is %2F, % is %25)';

/**
 * The parts of a database's address, if it is beyond doubt which is which. In any other the password
 * may be anywhere, so that nothing of it may be shown.
 */
export function readDatabaseAddress(address: string) {
  const parts = (MONGO.exec(address) ?? REDIS.exec(address))?.groups;
  const { user = '', password = '', hosts, path = '' } = parts ?? {};
  if (hosts === undefined || !isEscaped(user) || !isEscaped(password)) return null;
  return { hosts, path };
}

function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
