import type { IncomingMessage } from 'node:http'
import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '#lib/vocabulary/errors.ts'
import { TARGETS } from '#lib/vocabulary/formats.ts'
import { parsePreset } from '#lib/vocabulary/settings.ts'
import type { Api, ApiContext } from './context.ts'
import { readFields } from './form-fields.ts'
import { readJson } from './json-body.ts'
import { json, OptionsSchema, PresetSchema, problem } from './schema.ts'

const NameParams = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .openapi({ param: { name: 'name', in: 'path' } }),
})

const PresetFieldsSchema = z.strictObject({
  target: z.string().openapi({ enum: [...TARGETS.keys()] }),
  options: OptionsSchema,
})

const OFF = problem('This Nightshift has no database to keep presets in')

const listPresets = createRoute({
  method: 'get',
  path: '/api/presets',
  operationId: 'listPresets',
  tags: ['presets'],
  summary: 'The presets of this browser, by name',
  responses: { 200: json(z.object({ presets: z.array(PresetSchema) }), 'Those that were saved'), 501: OFF },
})

const savePreset = createRoute({
  method: 'put',
  path: '/api/presets/{name}',
  operationId: 'savePreset',
  tags: ['presets'],
  summary: 'Keep a target with its options under a name',
  request: {
    params: NameParams,
    body: {
      required: true,
      content: { 'application/json': { schema: PresetFieldsSchema } },
    },
  },
  responses: {
    200: json(PresetSchema, 'Kept'),
    403: problem('No cookie says whose it is'),
    409: problem('The name belongs to a preset of Nightshift, or there are too many'),
    422: problem('An option is wrong or has no effect'),
    501: OFF,
  },
})

const removePreset = createRoute({
  method: 'delete',
  path: '/api/presets/{name}',
  operationId: 'deletePreset',
  tags: ['presets'],
  summary: 'Forget a preset',
  request: { params: NameParams },
  responses: { 204: { description: 'Forgotten' }, 404: problem('No such preset'), 501: OFF },
})

export function mountPresets(api: Api, { presets, owners }: ApiContext): void {
  const ownerOf = (incoming: IncomingMessage): string => {
    const { owner, identified } = owners.of(incoming)
    if (!identified) throw new AppError('no_owner')
    return owner
  }

  api.openapi(listPresets, async c => {
    const { owner, identified } = owners.of(c.env.incoming)
    return c.json({ presets: identified ? await presets.list(owner) : [] }, 200)
  })

  // Not `openapi`: its validation treats a body of another type as an empty one.
  api.openAPIRegistry.registerPath(savePreset)
  api.put('/api/presets/:name', async c => {
    const { incoming } = c.env
    const owner = ownerOf(incoming)
    const { name } = readFields(c.req.param(), NameParams)
    const preset = { name, ...parsePreset(readFields(await readJson(incoming), PresetFieldsSchema)) }
    await presets.save(owner, preset)
    return c.json(preset, 200)
  })

  api.openapi(removePreset, async c => {
    await presets.remove(ownerOf(c.env.incoming), c.req.valid('param').name)
    return c.body(null, 204)
  })
}
