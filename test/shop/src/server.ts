import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { inquiries } from './api/inquiries.js'
import { orders } from './api/orders.js'
import { reviews } from './api/reviews.js'
import { support } from './api/support.js'

const app = new Hono()
  .route('/inquiries', inquiries)
  .route('/orders', orders)
  .route('/reviews', reviews)
  .route('/support', support)

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080) })
