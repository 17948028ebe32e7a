import { Tokens } from '#worker/flat-text/tokens.ts'
import { type EquationElement, EquationReader, grouped, withScripts } from './reader.ts'

/** The text of an Office equation (ECMA-376 part 1, 22.1) from its markup; entities are kept. */
export function officeMathWords(markup: string): string {
  const reader = new EquationReader(said)
  for (const token of new Tokens().of(markup)) reader.read(token)
  return reader.words
}

function said({ name, parts, letters, properties }: EquationElement): string {
  if (name === 't') return letters
  const [first = '', second = '', third = ''] = parts
  const character = properties.get('chr')
  switch (name) {
    case 'f':
      return `${grouped(first)}/${grouped(second)}`
    case 'rad':
      return parts.length > 1 ? `${first && grouped(first)}√${grouped(second)}` : `√${grouped(first)}`
    case 'sSub':
    case 'limLow':
      return withScripts(first, { low: second })
    case 'sSup':
    case 'limUpp':
      return withScripts(first, { high: second })
    case 'sSubSup':
      return withScripts(first, { low: second, high: third })
    case 'sPre':
      return withScripts('', { low: first, high: second }) + third
    case 'nary':
      return withScripts(character ?? '∫', { low: first, high: second }) + third
    case 'd':
      return inBrackets(parts, properties)
    case 'func':
      return `${first} ${second}`
    case 'acc':
      return first + (character ?? '\u0302')
    case 'm':
    case 'eqArr':
      return parts.join('; ')
    case 'mr':
      return parts.join(', ')
    default:
      return parts.join('')
  }
}

function inBrackets(parts: readonly string[], properties: ReadonlyMap<string, string>): string {
  const [begin, separator, end] = ['begChr', 'sepChr', 'endChr'].map(name => properties.get(name))
  return `${begin ?? '('}${parts.join(separator ?? '|')}${end ?? ')'}`
}
