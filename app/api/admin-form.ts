import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/vocabulary/errors.ts'
import { readSmallBody } from './json-body.ts'

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Reads a small form of the dashboard. @throws AppError `unsupported_media_type`, `invalid_request`, `upload_interrupted` */
export async function readAdminForm(incoming: IncomingMessage): Promise<URLSearchParams> {
  const type = incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === FORM_TYPE) return new URLSearchParams(await readSmallBody(incoming))
  // A call without a body sends no type.
  if (type === undefined && !Number(incoming.headers['content-length'] ?? 0)) return new URLSearchParams()
  throw new AppError('unsupported_media_type', { details: { expected: FORM_TYPE } })
}

/** A page of the dashboard to lead back to; `/admin` for anything else, such as the address of another site. */
export function adminPage(to: string | null): string {
  return to !== null && /^\/admin([/?][\w\-./?&=%+:~*]*)?$/.test(to) && !to.includes('//') ? to : '/admin'
}

/** Whether a person waits for the answer, so that a page is better than a problem. */
export const wantsPage = ({ headers }: IncomingMessage) => /\btext\/html\b/.test(headers.accept ?? '')
