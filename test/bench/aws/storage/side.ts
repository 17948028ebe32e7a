/**
 * A process of its own that moves bytes to or from a bucket in one way, and prints how fast it was and how much its
 * memory grew: `side.ts <way> <settings as JSON>`.
 */
import { performance } from 'node:perf_hooks'
import { WAYS, type WayName, type WaySettings } from './ways.ts'

const WARM_UP_BYTES = 24_000_000
const LOOK_MS = 10

const [name = '', text = ''] = process.argv.slice(2)
const settings: WaySettings = JSON.parse(text)
const way = await WAYS[name as WayName](settings)
// What is loaded and compiled once is not counted.
await way(`${settings.key}-warm-up`, WARM_UP_BYTES)
const before = process.memoryUsage.rss()
let most = before
const look = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, LOOK_MS)
const began = performance.now()
await way(settings.key, settings.bytes)
const ms = performance.now() - began
clearInterval(look)
console.log(JSON.stringify({ ms, grownBytes: most - before }))
