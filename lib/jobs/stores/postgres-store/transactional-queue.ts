import type { QueueMessage, QueueName } from '../../../queue.ts'

/** An open transaction of PostgreSQL. */
export interface SqlTransaction {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** A queue in the same database. */
export interface TransactionalQueue {
  /** Sends messages that exist only if the transaction is committed. */
  sendWithin(tx: SqlTransaction, name: QueueName, messages: readonly QueueMessage[]): Promise<void>
}
