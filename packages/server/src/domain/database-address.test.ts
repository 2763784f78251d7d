import { describe, expect, it } from 'vitest';
import { readDatabaseAddress } from './database-address.js';

describe('a database address', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/db', '127.0.0.1:27017', '/db'],
    [
      'mongodb://who:p%40ss%2Fw%25rd@a.example:1,b.example:2/db?replicaSet=x',
      'a.example:1,b.example:2',
      '/db',
    ],
    ['mongodb+srv://who:a:b@cluster.example/?appName=me@home', 'cluster.example', '/'],
    ['mongodb://[::1]:27017', '[::1]:27017', ''],
    ['mongodb://who@host', 'host', ''],
    ['mongodb://%2Frun%2Fmongo.sock/db', '%2Frun%2Fmongo.sock', '/db'],
    ['redis://:p@ss@cache:6379/2', 'cache:6379', '/2'],
    ['rediss://who:word@cache.example', 'cache.example', ''],
  ])('shows of %s where it leads', (address, hosts, path) => {
    expect(readDatabaseAddress(address)).toEqual({ hosts, path });
  });

  it.each([
    'mongodb://who:p@hunter2@host/db',
    'mongodb://who:hun/ter2@host/db',
    'mongodb://who:hun?ter2@host/db',
    'mongodb://who:hun#ter2@host/db',
    'mongodb://who:hun%ter2@host/db',
    'mongodb://wh%o:hunter2@host/db',
    'mongodb://who:1234/hunter2@host/db',
    'mongodb://who:%ff@host',
    'mongodb://who:hunter2@',
    'mongodb://who:1234?hunter2@host/db',
    'mongodb://who:hun ter2@host',
    'redis://:hun/ter2@host',
    'redis://who:12#hunter2@host',
    'redis://who:hun%ter2@host:1',
    'mysql://who:hunter2@host',
    'hunter2',
  ])('of which it cannot be told what is the password is not read: %s', (address) => {
    expect(readDatabaseAddress(address)).toBeNull();
  });
});
