/** Finds the character set of one text as the worker does, and sends how long the processor took. */
import { choose } from '#worker/charset/choice.ts'
import { evidenceOf } from '#worker/charset/evidence.ts'
import { getReadyToGuess } from '#worker/charset/guess.ts'

const [path = ''] = process.argv.slice(2)
getReadyToGuess()
const before = process.cpuUsage()
choose(await evidenceOf(path, 'txt', AbortSignal.timeout(60_000)), undefined)
const { user, system } = process.cpuUsage(before)
process.send?.((user + system) / 1000)
