import type { Api } from './context.ts'

const SCHEMES = {
  adminToken: 'ADMIN_TOKEN, whose holder may look and act.',
  operatorToken: 'OPERATOR_TOKEN, whose holder may look only.',
}

/** Describes the operator's tokens in the OpenAPI document. */
export function describeTokens(api: Api): void {
  for (const [name, description] of Object.entries(SCHEMES))
    api.openAPIRegistry.registerComponent('securitySchemes', name, {
      type: 'http',
      scheme: 'bearer',
      description,
    })
}
