/** Builds the expressions of DynamoDB, in which every attribute has an alias, since many words are reserved. */

/** What a write does to attributes. */
export interface ItemChange {
  /** Undefined values are left as they are. */
  set?: Readonly<Record<string, unknown>>
  /** Each attribute gets the value of another one. */
  copy?: Readonly<Record<string, string>>
  /** Each attribute gets the value of another one plus a number. */
  sum?: Readonly<Record<string, readonly [attribute: string, plus: number]>>
  add?: Readonly<Record<string, number>>
  /** Each list gets one more element. */
  append?: Readonly<Record<string, unknown>>
  remove?: readonly string[]
}

/** What an attribute must be. */
export type AttributeTest =
  | { is: string | number }
  | { oneOf: readonly (string | number)[] }
  | { above: string | number }
  | { below: string | number }
  | { from: string | number }
  | 'present'
  | 'absent'

/** Every test must hold. */
export type ItemCondition = Readonly<Record<string, AttributeTest>>

/** The aliases of one request. */
export class Aliases {
  readonly #names: Record<string, string> = {}
  readonly #values: Record<string, unknown> = {}

  name(attribute: string): string {
    const alias = `#${attribute}`
    this.#names[alias] = attribute
    return alias
  }

  value(value: unknown): string {
    const alias = `:v${Object.keys(this.#values).length}`
    this.#values[alias] = value
    return alias
  }

  /** The input that explains all aliases. An empty map would be refused. */
  get input() {
    return {
      ...(Object.keys(this.#names).length > 0 && { ExpressionAttributeNames: this.#names }),
      ...(Object.keys(this.#values).length > 0 && { ExpressionAttributeValues: this.#values }),
    }
  }
}

export function changeExpression(
  { set = {}, copy = {}, sum = {}, add = {}, append = {}, remove = [] }: ItemChange,
  aliases: Aliases,
): string {
  const name = (attribute: string) => aliases.name(attribute)
  const assigned = [
    ...defined(set).map(([attribute, value]) => `${name(attribute)} = ${aliases.value(value)}`),
    ...Object.entries(copy).map(([attribute, other]) => `${name(attribute)} = ${name(other)}`),
    ...Object.entries(sum).map(
      ([attribute, [other, plus]]) => `${name(attribute)} = ${name(other)} + ${aliases.value(plus)}`,
    ),
    ...defined(append).map(
      ([attribute, value]) =>
        `${name(attribute)} = list_append(${name(attribute)}, ${aliases.value([value])})`,
    ),
  ]
  const added = Object.entries(add).map(([attribute, by]) => `${name(attribute)} ${aliases.value(by)}`)
  return [clause('SET', assigned), clause('ADD', added), clause('REMOVE', remove.map(name))]
    .filter(Boolean)
    .join(' ')
}

export function conditionExpression(condition: ItemCondition, aliases: Aliases): string {
  return Object.entries(condition)
    .map(([attribute, test]) => testExpression(aliases.name(attribute), test, aliases))
    .join(' AND ')
}

function testExpression(name: string, test: AttributeTest, aliases: Aliases): string {
  if (test === 'present') return `attribute_exists(${name})`
  if (test === 'absent') return `attribute_not_exists(${name})`
  if ('is' in test) return `${name} = ${aliases.value(test.is)}`
  if ('above' in test) return `${name} > ${aliases.value(test.above)}`
  if ('below' in test) return `${name} < ${aliases.value(test.below)}`
  if ('from' in test) return `${name} >= ${aliases.value(test.from)}`
  return `${name} IN (${test.oneOf.map(value => aliases.value(value)).join(', ')})`
}

const defined = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).filter(([, value]) => value !== undefined)

const clause = (word: string, parts: readonly string[]) =>
  parts.length > 0 ? `${word} ${parts.join(', ')}` : ''
