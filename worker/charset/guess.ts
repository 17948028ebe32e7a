import { breakBefore } from './breaks.ts'
import { ByteSurvey } from './byte-survey.ts'
import { decode, type Encoding } from './codec.ts'
import { likelihoodOf } from './likelihood.ts'

export interface Guess {
  encoding: Encoding
  /** From 0 to 1. */
  certainty: number
}

/**
 * The candidates, with the logarithm of their frequency; of two that decode a text identically, the first is chosen.
 */
const CANDIDATES: readonly (readonly [Encoding, number])[] = [
  ['windows-1252', 0],
  ['windows-1251', -1],
  ['windows-1250', -1.5],
  ['shift_jis', -1],
  ['gb18030', -1],
  ['big5', -1.5],
  ['euc-kr', -1.5],
  ['euc-jp', -2],
  ['windows-1253', -2],
  ['windows-1254', -2],
  ['windows-1255', -1.2],
  ['windows-1256', -2],
  ['windows-1257', -1.5],
  ['windows-874', -2],
  ['utf-8', -1],
  ['iso-8859-15', -2],
  ['iso-8859-2', -2.5],
  ['koi8-r', -2.5],
  ['koi8-u', -3],
  ['iso-8859-7', -3],
  ['ibm866', -4],
  ['iso-8859-6', -4],
  ['iso-8859-5', -5],
  ['macintosh', -5],
  ['x-mac-cyrillic', -5],
  ['ibm850', -6],
  ['ibm852', -6],
]
/** The numbers of sample bytes after which the candidates are compared; the comparison ends when only one is close. */
const STEPS = [256, 1024, 4096, Number.POSITIVE_INFINITY]
const FAR = 60

const FIRST_SAMPLE_BYTES = 2048

/** Warms up the guess: builds its tables and lets the engine compile its code with bytes of all kinds. */
export function getReadyToGuess(): void {
  const bytes = Array.from({ length: FIRST_SAMPLE_BYTES }, (_, at) => {
    if (at % 9 === 8) return 0x20
    return at % 5 === 0 ? 0x61 + ((at * 7) % 26) : 0x80 + ((at * 37 + (at >> 7)) % 128)
  })
  const survey = new ByteSurvey(FIRST_SAMPLE_BYTES)
  survey.push(Buffer.from(bytes))
  guess(survey.end().sample)
}

/** The character set in which a text makes most sense. `sample` contains bytes outside ASCII. */
export function guess(sample: Buffer): Guess {
  let judged: Judged[] = []
  let left = CANDIDATES
  for (const bytes of STEPS) {
    judged = judge(beginningOf(sample, bytes), left)
    const near = judged.filter(({ score }) => score > (judged[0]?.score ?? 0) - FAR)
    left = CANDIDATES.filter(([encoding]) => near.some(one => one.encoding === encoding))
    if (bytes >= sample.length) break
    // Candidates that decode identically so far may differ in what follows.
    if (textsOf(near) === 1 && new Set(left.map(([encoding]) => decode(sample, encoding))).size === 1) break
  }
  const [best] = judged
  if (!best) return { encoding: 'windows-1252', certainty: 0 }
  const others = judged.filter(({ text }) => text !== best.text)
  const doubt = others.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0)
  return { encoding: best.encoding, certainty: 1 / (1 + doubt) }
}

/** The number of different texts among them. */
const textsOf = (judged: readonly Judged[]) => new Set(judged.map(({ text }) => text)).size

interface Judged {
  encoding: Encoding
  text: string
  score: number
}

/** The candidates, likeliest first. */
function judge(bytes: Buffer, candidates: typeof CANDIDATES): Judged[] {
  return candidates
    .map(([encoding, often]) => {
      const text = decode(bytes, encoding)
      return { encoding, text, score: often + likelihoodOf(text) }
    })
    .toSorted((a, b) => b.score - a.score)
}

function beginningOf(sample: Buffer, bytes: number): Buffer {
  return sample.subarray(0, sample.length > bytes ? breakBefore(sample, bytes, 1) : undefined)
}
