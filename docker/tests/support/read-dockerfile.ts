import type { JSONInstruction } from 'dockerfile-ast';
import { Copy, DockerfileParser, Env, From, Healthcheck } from 'dockerfile-ast';

/** An instruction, with what it is told. */
export type Step =
  | { do: 'workdir'; path: string }
  | { do: 'env'; variables: Record<string, string> }
  | { do: 'copy'; stage: string | undefined; sources: string[]; target: string }
  | { do: 'run'; command: string }
  | { do: 'user'; user: string }
  | { do: 'expose'; port: number }
  | { do: 'healthcheck'; command: string[] }
  | { do: 'cmd'; command: string[] };

export interface Stage {
  name: string;
  /** Another stage's name, or an image of a registry. */
  from: string;
  steps: Step[];
}

type Instruction = ReturnType<
  ReturnType<(typeof DockerfileParser)['parse']>['getInstructions']
>[number];

/**
 * The stages of a Dockerfile, by name, in their order.
 *
 * @throws Error on any instruction or flag that is not understood, so that none is passed over
 */
export function readDockerfile(text: string): Map<string, Stage> {
  const stages = new Map<string, Stage>();
  const defaults: Record<string, string> = {};
  let stage: Stage | undefined;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      const name = instruction.getBuildStage() ?? String(stages.size);
      stage = { name, from: fill(instruction.getImage() ?? '', defaults), steps: [] };
      stages.set(name, stage);
    } else if (stage) {
      stage.steps.push(readStep(instruction));
    } else {
      const [name = '', value = ''] = wordsOf(instruction).join(' ').split('=');
      defaults[name] = value;
    }
  }
  return stages;
}

function readStep(instruction: Instruction): Step {
  const keyword = instruction.getKeyword();
  if (instruction instanceof Copy) return readCopy(instruction);
  if (instruction instanceof Env) {
    const pairs = instruction.getProperties().map((one) => [one.getName(), one.getValue() ?? '']);
    return { do: 'env', variables: Object.fromEntries(pairs) as Record<string, string> };
  }
  if (instruction instanceof Healthcheck) return readHealthcheck(instruction);
  const words = wordsOf(instruction);
  const [first = ''] = words;
  switch (keyword) {
    case 'WORKDIR':
      return { do: 'workdir', path: first };
    case 'RUN':
      return { do: 'run', command: words.join(' ') };
    case 'USER':
      return { do: 'user', user: first };
    case 'EXPOSE':
      return { do: 'expose', port: Number(first) };
    case 'CMD':
      return { do: 'cmd', command: stringsOf(instruction as JSONInstruction) };
    default:
      throw new Error(
        `The instruction ${keyword} is not understood here: teach it to these tests.`,
      );
  }
}

function readCopy(copy: Copy): Step {
  const flags = copy.getFlags().map((flag) => flag.getName());
  if (flags.some((name) => name !== 'from')) throw new Error(`COPY has flags: ${flags.join()}`);
  const paths = wordsOf(copy);
  const target = paths.pop() ?? '';
  return { do: 'copy', stage: copy.getFromFlag()?.getValue() ?? undefined, sources: paths, target };
}

/** The list behind CMD, which the parser leaves as text. */
function readHealthcheck(healthcheck: Healthcheck): Step {
  const text = healthcheck.getRawArgumentsContent() ?? '';
  const list = text.slice(text.indexOf('CMD') + 'CMD'.length);
  return { do: 'healthcheck', command: JSON.parse(list) as string[] };
}

function stringsOf(instruction: JSONInstruction): string[] {
  const strings = instruction.getJSONStrings().map((one) => one.getJSONValue());
  if (strings.length === 0) throw new Error('CMD must be a list: a shell keeps signals to itself.');
  return strings;
}

function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((word) => word.getValue());
}

function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
