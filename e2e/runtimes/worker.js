/** For edge runtimes: a request's `?api=<address>` is answered with the tour's facts. */
import * as sdk from '@chat-playground/sdk';
import { tour } from './tour.js';

export default {
  async fetch(request) {
    try {
      return Response.json(await tour(sdk, new URL(request.url).searchParams.get('api')));
    } catch (error) {
      return new Response(error.stack ?? String(error), { status: 500 });
    }
  },
};
