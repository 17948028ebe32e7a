import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import type { WebhookFailure } from '../vocabulary/webhook.ts'
import { isPublicAddress } from './public-address.ts'

export interface HostAddress {
  address: string
  family: number
}

/** Resolves a name to all of its addresses. @throws where it has none */
export type Resolve = (host: string) => Promise<readonly HostAddress[]>

export const resolveBySystem: Resolve = host => lookup(host, { all: true })

/** The addresses that a try may connect to, or why it must not. */
export type CheckedAddresses = { addresses: readonly HostAddress[] } | { error: WebhookFailure }

/**
 * Resolves a host once and checks each of its addresses: one that is not public forbids the host, since which of them is
 * taken would be chance.
 */
export async function checkedAddresses(
  host: string,
  { resolve, allowPrivate }: { resolve: Resolve; allowPrivate: boolean },
): Promise<CheckedAddresses> {
  const family = isIP(host)
  const addresses = family ? [{ address: host, family }] : await resolve(host).catch(() => [])
  if (addresses.length === 0) return { error: 'unknown_host' }
  const isAllowed = ({ address }: HostAddress) => allowPrivate || isPublicAddress(address)
  return addresses.every(isAllowed) ? { addresses } : { error: 'private_address' }
}

/** A lookup for a connection that knows only these addresses: nothing is resolved anew after they were checked. */
export function lookupOf(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses
    if (!first) return callback(new Error('there is no address'), '')
    // Not within the call: a socket expects the answer later.
    process.nextTick(() =>
      all ? callback(null, [...addresses]) : callback(null, first.address, first.family),
    )
  }
}
