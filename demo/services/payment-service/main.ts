import { runService } from '../kit/run-service.ts';
import { readServiceEnvironment } from '../kit/service-environment.ts';
import { startPaymentService } from './payment-service.ts';

await runService(() => startPaymentService(readServiceEnvironment(8003)));
