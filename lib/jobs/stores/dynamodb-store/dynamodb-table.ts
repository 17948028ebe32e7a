import { setTimeout as wait } from 'node:timers/promises'
import type { DynamodbClient } from '../../../aws/dynamodb-client.ts'
import { ensureTable } from './ensure-table.ts'
import {
  Aliases,
  changeExpression,
  conditionExpression,
  type ItemChange,
  type ItemCondition,
} from './item-expressions.ts'
import { errorFor, isConditionFailed } from './service-errors.ts'
import { JOB_INDEXES, type JobIndexName } from './table-schema.ts'

export type Item = Readonly<Record<string, unknown>>

/** The service answers a request for at most so many items. */
const MOST_KEYS = 100
/** Before the rest of a batch is asked for again that the service was too busy for, in milliseconds. */
const BUSY_PAUSE_MS = 50

export interface IndexQuery {
  index: JobIndexName
  hash: string
  /** Which part of the range; unset: all. */
  range?: ItemCondition[string]
  filter?: ItemCondition
  /** Unset: as many as there are. */
  limit?: number
  newestFirst?: boolean
  /** The item after which it goes on, by the keys of table and index. */
  after?: Item
}

/** The items of one table. Items are read as they are; indexes may lack changes of the last moments. */
export class DynamodbTable {
  readonly #client: DynamodbClient
  readonly #name: string
  #ready: Promise<void> | undefined

  constructor(client: DynamodbClient, name: string) {
    this.#client = client
    this.#name = name
  }

  /** Creates the table where it is missing. @throws ConfigError where it cannot be used */
  ready(): Promise<void> {
    this.#ready ??= ensureTable(this.#client, this.#name).catch(error => {
      this.#ready = undefined
      throw error
    })
    return this.#ready
  }

  async get(id: string, attributes?: readonly string[]): Promise<Item | undefined> {
    const input = { ...this.#table, Key: { id }, ConsistentRead: true, ...projection(attributes) }
    return (await this.#ask(() => this.#client.get(input))).Item
  }

  /** Those of the items that are there, in no order. */
  async getAll(ids: readonly string[], attributes?: readonly string[]): Promise<Item[]> {
    const keys = [...new Set(ids)]
    const parts: Promise<Item[]>[] = []
    for (let start = 0; start < keys.length; start += MOST_KEYS)
      parts.push(this.#getPart(keys.slice(start, start + MOST_KEYS), attributes))
    return (await Promise.all(parts)).flat()
  }

  /** Writes the item if the one that is there with its id meets the condition, which may be empty. */
  async putIf(item: Item, condition: ItemCondition, signal?: AbortSignal): Promise<boolean> {
    const aliases = new Aliases()
    const ConditionExpression = conditionExpression(condition, aliases)
    const where = { ...(ConditionExpression && { ConditionExpression }), ...aliases.input }
    const input = { ...this.#table, Item: { ...item }, ...where }
    return (await this.#unlessFailed(() => this.#client.put(input, signal))) !== undefined
  }

  /** Changes the item if it meets the condition. Returns all attributes, or only those that were changed. */
  async updateIf(
    id: string,
    change: ItemChange,
    { condition, changedOnly = false }: { condition: ItemCondition; changedOnly?: boolean },
  ): Promise<Item | undefined> {
    const aliases = new Aliases()
    const input = {
      ...this.#table,
      Key: { id },
      UpdateExpression: changeExpression(change, aliases),
      ConditionExpression: conditionExpression(condition, aliases),
      ...aliases.input,
      ReturnValues: changedOnly ? ('UPDATED_NEW' as const) : ('ALL_NEW' as const),
    }
    return (await this.#unlessFailed(() => this.#client.update(input)))?.Attributes
  }

  /** Deletes the item if it meets the condition. Returns what it was. */
  async deleteIf(id: string, condition: ItemCondition): Promise<Item | undefined> {
    const aliases = new Aliases()
    const ConditionExpression = conditionExpression(condition, aliases)
    const input = {
      ...{ ...this.#table, Key: { id }, ConditionExpression, ...aliases.input },
      ReturnValues: 'ALL_OLD' as const,
    }
    return (await this.#unlessFailed(() => this.#client.delete(input)))?.Attributes
  }

  async query(query: IndexQuery): Promise<Item[]> {
    const items: Item[] = []
    const input = { ...this.#queryInput(query), ExclusiveStartKey: query.after }
    await this.#eachPage(input, ({ Items = [] }) => {
      items.push(...Items)
      return items.length >= (query.limit ?? Number.POSITIVE_INFINITY)
    })
    return items
  }

  /** How many there are; beyond `limit` it counts no further. */
  async count(query: IndexQuery): Promise<number> {
    let count = 0
    await this.#eachPage({ ...this.#queryInput(query), Select: 'COUNT' }, ({ Count = 0 }) => {
      count += Count
      return count >= (query.limit ?? Number.POSITIVE_INFINITY)
    })
    return count
  }

  close(): void {
    this.#client.close()
  }

  get #table() {
    return { TableName: this.#name }
  }

  #queryInput({ index, hash, range, filter, limit, newestFirst }: IndexQuery) {
    const keys = JOB_INDEXES[index]
    const aliases = new Aliases()
    return {
      ...{ ...this.#table, IndexName: index },
      KeyConditionExpression: conditionExpression(
        { [keys.hash]: { is: hash }, ...(range && { [keys.range]: range }) },
        aliases,
      ),
      ...(filter && { FilterExpression: conditionExpression(filter, aliases) }),
      ...aliases.input,
      ...(limit !== undefined && { Limit: limit }),
      ScanIndexForward: !newestFirst,
    }
  }

  async #eachPage(
    input: Parameters<DynamodbClient['query']>[0],
    isEnough: (page: Awaited<ReturnType<DynamodbClient['query']>>) => boolean,
  ): Promise<void> {
    let from: Record<string, unknown> | undefined = input.ExclusiveStartKey
    do {
      const page = await this.#ask(() => this.#client.query({ ...input, ExclusiveStartKey: from }))
      if (isEnough(page)) return
      from = page.LastEvaluatedKey
    } while (from)
  }

  async #getPart(ids: readonly string[], attributes?: readonly string[]): Promise<Item[]> {
    const items: Item[] = []
    let keys: Record<string, unknown>[] = ids.map(id => ({ id }))
    while (keys.length > 0) {
      const request = { Keys: keys, ConsistentRead: true, ...projection(attributes) }
      const input = { RequestItems: { [this.#name]: request } }
      const { Responses, UnprocessedKeys } = await this.#ask(() => this.#client.batchGet(input))
      items.push(...(Responses?.[this.#name] ?? []))
      keys = UnprocessedKeys?.[this.#name]?.Keys ?? []
      if (keys.length > 0) await wait(BUSY_PAUSE_MS)
    }
    return items
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      await this.ready()
      return await request()
    } catch (error) {
      throw errorFor(error)
    }
  }

  /** Undefined where the condition did not hold. */
  async #unlessFailed<T>(request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#ask(request)
    } catch (error) {
      if (isConditionFailed(error)) return undefined
      throw error
    }
  }
}

function projection(attributes: readonly string[] | undefined) {
  if (!attributes) return {}
  const aliases = new Aliases()
  const ProjectionExpression = attributes.map(attribute => aliases.name(attribute)).join(', ')
  return { ProjectionExpression, ...aliases.input }
}
