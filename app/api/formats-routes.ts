import { createRoute, z } from '@hono/zod-openapi'
import { OPTIONS, PRESETS, SOURCES, TARGETS, targetsOf, type Where } from '#lib/vocabulary/formats.ts'
import type { Api } from './context.ts'
import { json, PresetSchema } from './schema.ts'

const WhereSchema = z.object({ sources: z.array(z.string()), targets: z.array(z.string()) })

const FormatsSchema = z
  .object({
    sources: z.array(
      z.object({ format: z.string(), name: z.string(), family: z.string(), targets: z.array(z.string()) }),
    ),
    targets: z.array(
      z.object({
        target: z.string(),
        name: z.string(),
        sentence: z.string(),
        extension: z.string(),
        mediaType: z.string(),
      }),
    ),
    options: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        sentence: z.string(),
        secret: z.boolean(),
        type: z.enum(['switch', 'number', 'choice', 'text']),
        default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        choices: z.array(z.string()).optional(),
        only: z.record(z.string(), z.array(WhereSchema)).optional().openapi({
          description: 'Choices that have an effect for fewer sources and targets than the option.',
        }),
        min: z.number().optional(),
        max: z.number().optional(),
        excludes: z.record(z.string(), z.array(z.string())).openapi({
          description: 'Options beside which it has no effect, each with the targets for which that is so.',
        }),
        needs: z
          .array(z.string())
          .openapi({ description: 'It has an effect only beside one of these, if there are any.' }),
        where: z.array(WhereSchema).openapi({
          description: 'Has an effect for these source formats or families and these targets, * for all.',
        }),
      }),
    ),
    presets: z.array(PresetSchema.extend({ sentence: z.string() })),
  })
  .openapi('Formats')

const getFormats = createRoute({
  method: 'get',
  path: '/api/formats',
  operationId: 'getFormats',
  tags: ['formats'],
  summary: 'What can be converted into what, with which options',
  responses: { 200: json(FormatsSchema, 'The whole table') },
})

export function mountFormats(api: Api): void {
  const answer = { sources: sources(), targets: targets(), options: options(), presets: [...PRESETS] }
  api.openapi(getFormats, c => {
    c.header('cache-control', 'public, max-age=300')
    return c.json(answer, 200)
  })
}

const sources = () =>
  [...SOURCES].map(([format, { name, family }]) => ({ format, name, family, targets: targetsOf(format) }))

const targets = () =>
  [...TARGETS].map(([target, { name, sentence, extension, mediaType }]) => ({
    target,
    name,
    sentence,
    extension,
    mediaType,
  }))

const options = () =>
  OPTIONS.map(({ name, label, sentence, kind, where, excludes = {}, needs = [], secret = false }) => ({
    name,
    label,
    sentence,
    secret,
    type: kind.type,
    default: 'default' in kind ? kind.default : null,
    ...('choices' in kind ? { choices: [...kind.choices] } : {}),
    ...('only' in kind && kind.only ? { only: copiesOf(kind.only) } : {}),
    ...('min' in kind ? { min: kind.min, max: kind.max } : {}),
    excludes: Object.fromEntries(Object.entries(excludes).map(([other, targets]) => [other, [...targets]])),
    needs: [...needs],
    where: copyOf(where),
  }))

const copyOf = (where: readonly Where[]) =>
  where.map(({ sources, targets }) => ({ sources: [...sources], targets: [...targets] }))

const copiesOf = (only: Readonly<Record<string, readonly Where[]>>) =>
  Object.fromEntries(Object.entries(only).map(([choice, where]) => [choice, copyOf(where)]))
