import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { agentSchema } from './agent-schema';
import { within, type ConfigProblem } from './config-problem';

/** A choice is told by its words, and not as one of several kinds of values, none of which it is. */
const QUIET = ['anyOf', 'if', 'oneOf'];
/** What a text is the name of, by the property that has it; of other texts the shape is told in general. */
const SHAPES: Record<string, string> = {
  base: 'topic',
  prefix: 'topic',
  statusTopic: 'topic',
  id: 'level',
  groups: 'level',
};

let validate: ValidateFunction | undefined;

/** What the schema has against a document, with what is to be filled in filled in. */
export function schemaProblems(document: unknown): ConfigProblem[] {
  validate ??= new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(agentSchema());
  if (validate(document)) return [];
  const errors = validate.errors ?? [];
  const chosen = errors.filter(({ keyword }) => keyword === 'enum').map(({ instancePath }) => instancePath);
  const problems = errors
    .filter(({ keyword }) => !QUIET.includes(keyword))
    .filter(({ keyword, instancePath }) => keyword === 'enum' || !chosen.includes(instancePath))
    .map(problemOf);
  return problems.filter(
    ({ path, reason }, index) => problems.findIndex((one) => one.path === path && one.reason === reason) === index,
  );
}

function problemOf({ keyword, instancePath, params, parentSchema, schema, data }: ErrorObject): ConfigProblem {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = steps.reduce((whole, step) => within(whole, /^\d+$/.test(step) ? Number(step) : step), '');
  switch (keyword) {
    case 'additionalProperties':
      return {
        path: within(path, String(params['additionalProperty'])),
        reason: 'key_unknown',
        params: { possible: Object.keys((parentSchema?.['properties'] ?? {}) as object).join(', ') },
      };
    case 'required':
      return { path: within(path, String(params['missingProperty'])), reason: 'key_missing' };
    case 'enum':
      if (data === 'mqtt') return { path, reason: 'phone_of_agent' };
      return { path, reason: 'choice', params: { possible: (schema as string[]).join(', ') } };
    case 'minimum':
    case 'maximum':
      return { path, reason: 'range', params: rangeOf(parentSchema) };
    case 'minItems':
      return { path, reason: 'no_phones' };
    case 'minLength':
      return { path, reason: 'empty' };
    case 'not':
      return { path, reason: 'id_reserved' };
    case 'pattern': {
      const name = steps.findLast((step) => !/^\d+$/.test(step)) ?? '';
      return { path, reason: SHAPES[name] ?? 'truth' };
    }
    default:
      return { path, reason: kindOf(schema) };
  }
}

/** The sentence that tells what kind of value there has to be. */
function kindOf(type: unknown): string {
  const [first] = Array.isArray(type) ? (type as unknown[]) : [type];
  switch (first) {
    case 'string':
      return 'text';
    case 'boolean':
      return 'truth';
    case 'array':
      return 'list';
    case 'object':
      return 'object';
    default:
      return 'number';
  }
}

function rangeOf(schema: Record<string, unknown> | undefined): { least: number; most: number } {
  return { least: Number(schema?.['minimum']), most: Number(schema?.['maximum']) };
}
