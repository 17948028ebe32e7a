/** Requests as the OpenAPI document describes them, and as a clumsy sender makes them of it. */
import fc, { type Arbitrary } from 'fast-check'
import { OPTIONS } from '#lib/vocabulary/formats.ts'
import { ADMIN_TOKEN } from '../test-server.ts'
import type { Call, OpenapiDocument, ParameterSpec, SchemaSpec } from './openapi-document.ts'
import { callsOf } from './openapi-document.ts'

/** Stands for a number that the server has given before: which one is known when the request is sent. */
const knownId = (nth: number) => `known:${nth}`
export const isKnownId = (value: Value): value is string =>
  typeof value === 'string' && /^known:\d+$/.test(value)
export const nthOf = (id: string) => Number(id.slice('known:'.length))

export type Value = string | number | boolean | object | null

export interface Asked {
  call: Call
  /** Another one than the call's, now and then. */
  method: string
  params: Record<string, string>
  query: [string, string][]
  headers: Record<string, string>
  withCookie: boolean
  body: Body | undefined
}

export type Body =
  | { type: 'multipart/form-data'; fields: [string, Value][]; file: number }
  | { type: 'application/json'; text: string }
  | { type: string; bytes: string }

const ids = fc.oneof({ weight: 6, arbitrary: fc.nat(50).map(knownId) }, { weight: 1, arbitrary: fc.uuid() })
const urls = fc.oneof(
  { weight: 6, arbitrary: fc.constant('https://example.org/hook') },
  fc.constantFrom('http://127.0.0.1/', 'ftp://example.org', 'https://a@example.org'),
)
const nonsense = fc.constantFrom('', 'x', '-1', '999999999999', 'null', '../../etc', '💾', '%')
const junk = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | string> =>
  fc.oneof({ weight: 12, arbitrary }, { weight: 1, arbitrary: nonsense })
const seldom = <T>(arbitrary: Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Headers whose schema says only that they are texts. */
const HEADERS: Record<string, Arbitrary<string>> = {
  'upload-length': fc.constantFrom('4', '4', '4', '4', '4', '0', '-1', 'x', '9999999999999'),
  'upload-offset': fc.constantFrom('0', '0', '0', '2', '4', 'x'),
  'upload-metadata': fc.constantFrom(
    'filename YS50eHQ=',
    'filename YS50eHQ=,x',
    'name YQ==',
    'filename',
    'a b c',
    'name YQ==,x',
  ),
  'upload-checksum': fc.constantFrom('sha1 gf6L/odXbD7LIkJvjleEc4KRes8=', 'sha1 AAAA', 'md6 x', 'x'),
  'idempotency-key': fc.constantFrom('one', 'two', 'k'.repeat(201)),
  prefer: fc.constantFrom('wait=1', 'respond-async', 'wait=x'),
  range: fc.constantFrom(
    'bytes=0-1',
    'bytes=-2',
    'bytes=-999999',
    'bytes=999999-',
    'lines=1-2',
    'bytes=0-1,3-4',
  ),
}
/** Neither left out nor a step to another folder. */
const isSegment = (value: string) => !['', '.', '..'].includes(value)
const condition = fc.constantFrom('*', '"x"', 'W/"x", "y"', 'Sat, 28 Nov 2026 07:00:00 GMT', 'x')

export function requestsOf(document: OpenapiDocument): Arbitrary<Asked> {
  const calls = callsOf(document)
  const senders = calls.filter(({ method }) => method === 'post' || method === 'patch')
  return fc.constantFrom(...calls, ...senders).chain(call => {
    const { parameters = [], requestBody } = call.operation
    const of = (place: ParameterSpec['in']) => parameters.filter(parameter => parameter.in === place)
    return fc.record({
      call: fc.constant(call),
      method: fc.oneof(
        { weight: 20, arbitrary: fc.constant(call.method.toUpperCase()) },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'POST', 'GET') },
      ),
      params: fc.record(
        Object.fromEntries(
          of('path').map(({ name }) => [
            name,
            junk(name === 'id' ? ids : fc.string({ maxLength: 70 })).filter(isSegment),
          ]),
        ),
      ),
      query: queries(of('query')),
      headers: headers(of('header')),
      withCookie: fc.boolean(),
      body: requestBody
        ? fc.oneof(...Object.entries(requestBody.content).map(([type, { schema }]) => bodies(type, schema)))
        : fc.constant(undefined),
    })
  })
}

function queries(parameters: ParameterSpec[]): Arbitrary<[string, string][]> {
  const known = parameters.map(({ name, schema }) =>
    fc
      .option(junk(valuesOf(schema)), { nil: undefined })
      .map(value => (value === undefined ? [] : [[name, String(value)]])),
  )
  const unknown = seldom(fc.constantFrom('limt', '__proto__', '')).map(name =>
    name === undefined ? [] : [[name, '1']],
  )
  return fc.tuple(...known, unknown).map(parts => parts.flat() as [string, string][])
}

function headers(parameters: ParameterSpec[]): Arbitrary<Record<string, string>> {
  const known = parameters.map(({ name, schema, required }) => {
    const value = HEADERS[name] ?? (schema.enum ? fc.constantFrom(...schema.enum) : condition)
    return fc.option(value, { freq: required ? 12 : 2, nil: undefined }).map(told => [name, told] as const)
  })
  const token = fc.option(fc.constantFrom(`Bearer ${ADMIN_TOKEN}`, 'Bearer x'), { nil: undefined })
  return fc
    .tuple(
      ...known,
      token.map(told => ['authorization', told] as const),
    )
    .map(pairs => Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)))
}

function bodies(type: string, schema: SchemaSpec): Arbitrary<Body> {
  if (type === 'multipart/form-data') {
    const { file: _, ...properties } = schema.properties ?? {}
    const fields = fieldsOf({ ...schema, properties }).map(values => Object.entries(values))
    const again = fc
      .tuple(fields, seldom(fc.constantFrom('target', 'pages', 'batchId')))
      .map(([known, extra]): [string, Value][] => (extra === undefined ? known : [...known, [extra, '1']]))
    return fc.record({
      type: fc.constant(type),
      fields: again,
      file: fc.oneof({ weight: 2, arbitrary: fc.nat(4) }, fc.integer({ min: -1, max: 9 })),
    })
  }
  if (type === 'application/json') {
    const forms = (schema.anyOf ?? [schema]).map(fieldsOf)
    const text = fc.oneof(...forms).map(values => JSON.stringify(values))
    return fc.record({
      type: fc.constant(type),
      text: fc.oneof(
        { weight: 8, arbitrary: text },
        fc.constantFrom('', '{', 'null', '[]', '1', '{"__proto__":1}'),
      ),
    })
  }
  return fc.record({
    type: fc.oneof({ weight: 8, arbitrary: fc.constant(type) }, fc.constantFrom('text/plain')),
    bytes: fc.constantFrom('abcd', 'abcd', 'ab', '', 'abcdefgh'),
  })
}

/** Each field with a value of its kind, seldom another, seldom none. */
function fieldsOf({ properties = {}, required = [] }: SchemaSpec): Arbitrary<Record<string, Value>> {
  const fields = Object.entries(properties).map(([name, schema]) =>
    fc
      .option(junk(name === 'options' ? options : name === 'uploadId' ? ids : valuesOf(schema)), {
        freq: required.includes(name) ? 12 : 2,
        nil: undefined,
      })
      .map(value => [name, value] as const),
  )
  return fc
    .tuple(...fields)
    .map(pairs => Object.fromEntries(pairs.filter((pair): pair is [string, Value] => pair[1] !== undefined)))
}

const options = fc.oneof(
  fc.constant({}),
  fc.dictionary(
    fc.constantFrom(...OPTIONS.map(({ name }) => name), 'nothing'),
    fc.oneof(
      fc.boolean(),
      fc.integer({ min: 0, max: 400 }),
      fc.constantFrom('1', '1-3', 'all', 'a4', 'secret'),
    ),
    { maxKeys: 2 },
  ),
)

function valuesOf(schema: SchemaSpec): Arbitrary<Value> {
  if (schema.enum) return fc.constantFrom(...schema.enum, ...schema.enum.map(() => schema.enum?.[0] ?? ''))
  if (schema.format === 'uuid') return ids
  if (schema.format === 'uri') return urls
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 })
  if (schema.type === 'number') return fc.double({ min: schema.minimum ?? 0, max: 24, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'object') return options
  return fc.string({ maxLength: 30 })
}
