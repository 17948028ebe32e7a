import { isIP } from 'node:net'
import { AppError } from '../vocabulary/errors.ts'
import { isPublicAddress } from './public-address.ts'

const LONGEST_URL = 2_000
/** Names that never lead out of a machine or its network. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i

/** The host of a URL; an address of the sixth version without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/**
 * The URL of a webhook as it is kept, without its fragment. Names are resolved only for each try, since what they lead to
 * may change.
 * @throws AppError `webhook_url_invalid`, `webhook_url_private`
 */
export function readWebhookUrl(text: string, { allowPrivate }: { allowPrivate: boolean }): string {
  const url = text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hostname === '')
    throw new AppError('webhook_url_invalid')
  url.hash = ''
  const host = hostOf(url)
  const isPrivate = isIP(host) === 0 ? LOCAL_NAME.test(host) : !isPublicAddress(host)
  if (isPrivate && !allowPrivate) throw new AppError('webhook_url_private', { details: { host } })
  return url.href
}
