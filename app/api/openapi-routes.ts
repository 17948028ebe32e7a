import { createRoute, z } from '@hono/zod-openapi'
import type { JSONValue } from 'hono/utils/types'
import { OWNER_COOKIE, OWNER_TOKEN_HEADER } from '../owners.ts'
import type { Api, ApiContext } from './context.ts'
import { json } from './schema.ts'

type Document = ReturnType<Api['getOpenAPI31Document']>

const describeApi = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  operationId: 'getOpenApi',
  tags: ['formats'],
  summary: 'This document',
  responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
})

/** Responses that are sent before a route runs, each with the routes that it applies to. */
const COMMON = [
  ['400', 'Something in the request is wrong, or not known to this call', () => true],
  [
    '403',
    'The request came from another website, or without the cookie or token that the call needs',
    writes,
  ],
  ['405', 'The address does not know the method; Allow tells those that it knows', () => true],
  ['415', 'The body is of another type, or packed', writes],
  ['500', 'A defect in Nightshift, whose log has the details', () => true],
  ['503', 'The database cannot be reached', (_: string, path: string) => path !== '/healthz'],
] as const

const DESCRIPTION = `Every refusal and failure is a problem (RFC 9457) with a stable \`code\`, a sentence and a next step.
What a call does not know (a field, a parameter of the query) is refused and never ignored. \`OPTIONS\` tells the methods of
an address.`

export function mountOpenApi(api: Api, { config }: ApiContext): void {
  let document: Document | undefined
  api.openAPIRegistry.registerComponent('securitySchemes', 'owner', {
    type: 'apiKey',
    in: 'cookie',
    name: OWNER_COOKIE,
    description: 'Given with the first page that a browser opens; without it jobs are in no list.',
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'ownerToken', {
    type: 'apiKey',
    in: 'header',
    name: OWNER_TOKEN_HEADER,
    description:
      'The `ownerToken` of the answer that created a job; for programs what the cookie is for browsers.',
  })
  for (const [status, description] of COMMON)
    api.openAPIRegistry.registerComponent('responses', status, {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      ...(status === '405' && { headers: { allow: { required: true, schema: { type: 'string' } } } }),
    })
  api.openapi(describeApi, c => {
    // Built on the first request, when all routes are registered.
    document ??= withCommonAnswers(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Nightshift',
          version: '1',
          description: DESCRIPTION,
          license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
        },
        servers: [{ url: config.basePath || '/' }],
        security: [{}, { owner: [] }, { ownerToken: [] }],
        tags: [
          { name: 'jobs', description: 'Sending files, and how they stand' },
          { name: 'batches', description: 'Many files as one thing' },
          { name: 'results', description: 'What became of them' },
          { name: 'uploads', description: 'Sending large files over bad lines, by tus 1.0' },
          { name: 'formats', description: 'What is possible' },
          { name: 'presets', description: 'Settings kept under a name' },
          { name: 'health', description: 'For operators' },
        ],
      }),
    )
    return c.json(document as object as Record<string, JSONValue>, 200)
  })
}

/** Adds the common responses to every route that does not describe them itself. */
function withCommonAnswers(document: Document): Document {
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(item)) {
      const common = COMMON.filter(([, , holds]) => holds(method, path)).map(([status]) => [
        status,
        { $ref: `#/components/responses/${status}` },
      ])
      operation.responses = { ...Object.fromEntries(common), ...operation.responses }
    }
  return document
}

function writes(method: string): boolean {
  return method !== 'get' && method !== 'head'
}
