import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * The ranges that are not the public internet, by the registries of special-purpose addresses of IANA: from what reaches
 * them only, an address is special whatever its routing.
 */
const SPECIAL_4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, and the metadata of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]

/** Of the sixth version only `2000::/3` is public; in it these are not. */
const PUBLIC_6 = '2000::/3'
const SPECIAL_6 = [
  '2001::/23', // protocol assignments, Teredo and ORCHID among them
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which carries addresses of the fourth version
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]

const special = listOf(SPECIAL_4, SPECIAL_6)
const public6 = listOf([], [PUBLIC_6])

/** Whether an address is one of the public internet. Those that carry another address are not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  return isIPv6(address) && public6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

function listOf(four: readonly string[], six: readonly string[]): BlockList {
  const list = new BlockList()
  for (const [ranges, family] of [
    [four, 'ipv4'],
    [six, 'ipv6'],
  ] as const)
    for (const range of ranges) {
      const [net = '', bits] = range.split('/')
      list.addSubnet(net, Number(bits), family)
    }
  return list
}
