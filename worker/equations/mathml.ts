import { type EquationElement, EquationReader, grouped, withScripts } from './reader.ts'

const LEAF = /^(?:mi|mn|mo|mtext|ms)$/
/** Invisible operators for function application, products and lists. */
const UNSEEN = /[\u2061-\u2064]/g

/** A reader for one MathML equation as LibreOffice writes it. */
export function mathReader(): EquationReader {
  return new EquationReader(said)
}

function said({ name, parts, letters }: EquationElement): string {
  if (LEAF.test(name)) return letters.trim().replace(UNSEEN, '')
  const [first = '', second = '', third = ''] = parts
  if (name === 'semantics') return first
  if (name === 'annotation' || name === 'mphantom') return ''
  if (name === 'mfrac') return `${grouped(first)}/${grouped(second)}`
  if (name === 'msqrt') return `√${grouped(parts.join(''))}`
  if (name === 'mroot') return `${grouped(second)}√${grouped(first)}`
  if (name === 'msub' || name === 'munder') return withScripts(first, { low: second })
  if (name === 'msup' || name === 'mover') return withScripts(first, { high: second })
  if (name === 'msubsup' || name === 'munderover') return withScripts(first, { low: second, high: third })
  if (name === 'mtable') return parts.join('; ')
  return parts.join(name === 'mtr' ? ', ' : '')
}
