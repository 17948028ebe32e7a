// Lambda's runtime client loads JavaScript by its ending; Node strips the types of what this imports.
export { handler } from '../../worker/lambda.ts'
