import { version } from '../../package.json';
import { readArguments } from './read-arguments.js';

const USAGE = `Usage: chat-playground [serve]            start the server (what it does when told nothing)
       chat-playground migrate [options]  copy the embedded database into MongoDB
       chat-playground doctor <address>   look at a deployed server from outside

The server is told everything else by its environment, as its README lists it.

migrate copies the file in DATA_DIR into the database at MONGO_URI, then compares both record by
record. Stop the server first. Cut short, it goes on where it was when it is run again.
  --restart           remove what an unfinished copy has written and copy everything anew
  --batch-size <n>    records copied at once (default 200)

doctor asks the server at an address what a browser would: whether it is reached, streams come
unbuffered, websockets pass, other sites may use it, and more. It says what to change, line by line,
and ends with code 1 if anything fails.
  --origin <origin>   the website that embeds the chat, such as https://www.example.org
  --idle <seconds>    how long a quiet stream must stay open (default 20; 0: do not look)
  --json              the report for programs

  -h, --help          show this
  -v, --version       show the version
`;

const EXIT_MISUSED = 2;

/**
 * The program: does what its arguments ask for.
 *
 * @param args without the program's own name
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const asked = readArguments(args);
  switch (asked.command) {
    case 'none':
      process.stderr.write(`${asked.mistake}\n\n${USAGE}`);
      process.exitCode = EXIT_MISUSED;
      return;
    case 'help':
      process.stdout.write(USAGE);
      return;
    case 'version':
      process.stdout.write(`${version}\n`);
      return;
    // Each loads what it needs and no more.
    case 'serve':
      return (await import('../main.js')).main();
    case 'migrate':
      process.exitCode = await (await import('./run-migrate.js')).runMigrate(asked);
      return;
    case 'doctor':
      process.exitCode = await (await import('./doctor/run-doctor.js')).runDoctor(asked);
  }
}
