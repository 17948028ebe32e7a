/** As much of an OpenAPI document as its test reads. */
export interface SchemaSpec {
  type?: string
  format?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  properties?: Record<string, SchemaSpec>
  anyOf?: SchemaSpec[]
  required?: string[]
}

export interface ParameterSpec {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: SchemaSpec
}

export interface ResponseSpec {
  $ref?: string
  headers?: Record<string, { required?: boolean }>
  content?: Record<string, object>
}

export interface OperationSpec {
  operationId: string
  parameters?: ParameterSpec[]
  requestBody?: { content: Record<string, { schema: SchemaSpec }> }
  responses: Record<string, ResponseSpec>
}

export interface OpenapiDocument {
  paths: Record<string, Record<string, OperationSpec>>
  components: { responses: Record<string, ResponseSpec> }
}

export interface Call {
  path: string
  method: string
  operation: OperationSpec
}

export const callsOf = (document: OpenapiDocument): Call[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
