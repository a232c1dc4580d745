import { stopProviders } from "./run";

afterAll(stopProviders);
