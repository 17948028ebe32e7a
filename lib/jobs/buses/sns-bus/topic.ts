import { isDenied } from '../../../aws/service-error.ts'
import type { SnsClient } from '../../../aws/sns-client.ts'
import { ConfigError } from '../../../config.ts'

/** The topic of all events. Its address is asked for once, and again when it is missing. */
export class Topic {
  readonly #sns: SnsClient
  readonly #name: string
  #arn: Promise<string> | undefined

  constructor(sns: SnsClient, name: string) {
    this.#sns = sns
    this.#name = name
  }

  /** Finds the topic, or creates it. @throws ConfigError when it is missing and may not be created */
  async arn(): Promise<string> {
    this.#arn ??= this.#findOrCreate()
    try {
      return await this.#arn
    } catch (error) {
      this.#arn = undefined
      throw error
    }
  }

  /** The topic is missing: the next call finds or creates it. */
  forget(): void {
    this.#arn = undefined
  }

  async #findOrCreate(): Promise<string> {
    try {
      return (await this.#sns.createTopic(this.#name)) ?? ''
    } catch (error) {
      if (!isDenied(error)) throw error
      return this.#find()
    }
  }

  async #find(): Promise<string> {
    let token: string | undefined
    do {
      const { Topics = [], NextToken } = await this.#sns.listTopics(token)
      const found = Topics.find(({ TopicArn = '' }) => TopicArn.endsWith(`:${this.#name}`))
      if (found?.TopicArn) return found.TopicArn
      token = NextToken
    } while (token)
    throw new ConfigError(
      `SNS has no topic “${this.#name}”, and the role may not create it. Create that standard topic, or allow sns:CreateTopic.`,
    )
  }
}
