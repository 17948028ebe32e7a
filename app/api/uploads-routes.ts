import { createRoute, z } from '@hono/zod-openapi'
import { TUS_RESUMABLE } from '@tus/server'
import { ALGORITHMS } from '../uploads/checksum.ts'
import { UPLOADS_PATH, type Uploads } from '../uploads.ts'
import type { Api } from './context.ts'
import { IdParams, problem } from './schema.ts'

const version = z.object({ 'tus-resumable': z.literal(TUS_RESUMABLE) })
const bytes = z.int().min(0)

const openUpload = createRoute({
  method: 'post',
  path: UPLOADS_PATH,
  operationId: 'openUpload',
  tags: ['uploads'],
  summary: 'Open a resumable upload (tus 1.0)',
  request: {
    headers: version.extend({
      'upload-length': bytes.openapi({ description: 'Of the whole file, in bytes.' }),
      'upload-metadata': z.string().optional(),
    }),
  },
  responses: {
    201: {
      description: 'Open: go on at Location; the number in it becomes the job’s',
      headers: z.object({ location: z.string() }),
    },
    400: problem('A header is wrong'),
    412: problem('Tus-Resumable is missing or another version'),
    413: problem('The file would be too large'),
    429: problem('You have too many uploads open or jobs waiting'),
    503: problem('Too many jobs wait'),
    507: problem('It would not fit on the disk'),
  },
})

const describeUpload = createRoute({
  method: 'head',
  path: `${UPLOADS_PATH}/{id}`,
  operationId: 'describeUpload',
  tags: ['uploads'],
  summary: 'How much of an upload is here',
  request: { params: IdParams, headers: version },
  responses: {
    200: {
      description: 'Upload-Offset says where to go on',
      headers: z.object({ 'upload-offset': z.string(), 'upload-length': z.string() }),
    },
    404: { description: 'No such upload, or it is a job already' },
    410: { description: 'It was not finished in time' },
    412: { description: 'Tus-Resumable is missing or another version' },
  },
})

const sendPart = createRoute({
  method: 'patch',
  path: `${UPLOADS_PATH}/{id}`,
  operationId: 'sendPart',
  tags: ['uploads'],
  summary: 'Send a part of an upload; what arrives before a cut is kept',
  request: {
    params: IdParams,
    headers: version.extend({ 'upload-offset': bytes, 'upload-checksum': z.string().optional() }),
    body: {
      content: { 'application/offset+octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: {
    204: {
      description: 'Taken; Upload-Offset says where to go on',
      headers: z.object({ 'upload-offset': z.string() }),
    },
    404: problem('No such upload, or it is a job already'),
    408: problem('Hardly anything arrived'),
    409: problem('The upload goes on at another byte, or another request goes on with it'),
    410: problem('It was not finished in time'),
    412: problem('Tus-Resumable is missing or another version'),
    413: problem('More than was announced'),
    415: problem('Not application/offset+octet-stream'),
    460: problem('The checksum does not fit; the part was dropped'),
    507: problem('It would not fit on the disk'),
  },
})

const dropUpload = createRoute({
  method: 'delete',
  path: `${UPLOADS_PATH}/{id}`,
  operationId: 'deleteUpload',
  tags: ['uploads'],
  summary: 'Give an upload up and delete what is here of it',
  request: { params: IdParams, headers: version },
  responses: {
    204: { description: 'Deleted' },
    404: problem('No such upload, or it is a job already'),
    412: problem('Tus-Resumable is missing or another version'),
  },
})

export function mountUploads(api: Api, uploads: Uploads): void {
  // Not `openapi`: its validation supports neither the protocol's order of checks nor a body that is not read.
  for (const route of [openUpload, describeUpload, sendPart, dropUpload])
    api.openAPIRegistry.registerPath(route)

  for (const [path, methods] of [
    [UPLOADS_PATH, ['OPTIONS', 'POST']],
    [`${UPLOADS_PATH}/:id`, ['OPTIONS', 'PATCH', 'DELETE']],
  ] as const) {
    api.use(path, async (c, next) => {
      await next()
      c.res.headers.set('tus-resumable', TUS_RESUMABLE)
      if (c.res.status === 412) c.res.headers.set('tus-version', TUS_RESUMABLE)
      if (c.req.method === 'OPTIONS') c.res.headers.set('tus-checksum-algorithm', ALGORITHMS.join(','))
    })
    api.on([...methods], path, c => uploads.answer(c.req.raw, c.env.incoming))
  }
  // Where a proxy blocks other methods, a POST names the method that it replaces.
  api.post(`${UPLOADS_PATH}/:id`, c =>
    c.req.header('x-http-method-override') ? uploads.answer(c.req.raw, c.env.incoming) : c.notFound(),
  )
  // Hono treats HEAD as a GET without a body.
  api.get(`${UPLOADS_PATH}/:id`, c =>
    c.req.method === 'HEAD' ? uploads.answer(c.req.raw, c.env.incoming) : c.notFound(),
  )
}
