import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Call, OpenapiDocument, ResponseSpec } from './openapi-document.ts'

/** Says what of an answer the document does not tell; undefined where it is as told. */
export type Judge = (call: Call, answer: Response) => Promise<string | undefined>

export function judgeBy(document: OpenapiDocument): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(document, 'api')

  return async ({ path, method, operation }, answer) => {
    const status = String(answer.status)
    const text = await answer.text()
    if (answer.status >= 500) return `${status}: ${text}`
    const told = operation.responses[status]
    if (!told) return `${status} is not told: ${text}`
    const at = told.$ref ?? `#/paths/${pointerOf(path)}/${method}/responses/${status}`
    const response = told.$ref ? resolve(document, told.$ref) : told
    for (const [name, { required }] of Object.entries(response.headers ?? {}))
      if (required && !answer.headers.has(name)) return `${status} lacks the header ${name}`
    const type = answer.headers.get('content-type') ?? ''
    if (!text)
      return response.content && method !== 'head' && status !== '200' ? `${status} has no body` : undefined
    const content = response.content ?? {}
    const name = [type, type.split(';')[0] ?? ''].find(each => each in content)
    if (name === undefined) return `${status} with ${type} is not told: ${text.slice(0, 200)}`
    if (!name.endsWith('json')) return undefined
    const fits = ajv.getSchema(`api${at}/content/${pointerOf(name)}/schema`)
    if (!fits) return `no schema at ${at}`
    return fits(JSON.parse(text)) ? undefined : `${status}: ${ajv.errorsText(fits.errors)} in ${text}`
  }
}

const resolve = (document: OpenapiDocument, ref: string): ResponseSpec =>
  document.components.responses[ref.split('/').at(-1) ?? ''] ?? {}

/** A key as a piece of a JSON pointer in an address. */
const pointerOf = (key: string) => encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'))
