import { createHmac } from 'node:crypto'

/**
 * The secret by which the receiver of a job's or batch's webhook verifies what it is sent, in the form of Standard
 * Webhooks. It follows from the secret of the installation and the id, so that no row holds it.
 */
export function webhookSecretOf(id: string, secret: string): string {
  return `whsec_${createHmac('sha256', secret).update(`webhook ${id}`).digest('base64')}`
}
