import { cart, checkout, currency, productCatalog } from "./services/backend.ts";
import { accounting } from "./services/data.ts";
import { frontend, frontendProxy, imageProvider } from "./services/frontend.ts";
import { email, payment, quote, shipping } from "./services/integrations.ts";
import { ad, fraudDetection, recommendation } from "./services/ml.ts";
import { flagd, flagdUi, loadGenerator } from "./services/platform.ts";

export const services = [
  frontendProxy,
  frontend,
  imageProvider,
  checkout,
  cart,
  productCatalog,
  currency,
  payment,
  shipping,
  email,
  quote,
  recommendation,
  ad,
  fraudDetection,
  accounting,
  flagd,
  flagdUi,
  loadGenerator,
];
