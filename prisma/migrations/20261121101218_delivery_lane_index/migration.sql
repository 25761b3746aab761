-- DropIndex
DROP INDEX "Delivery_status_id_idx";

-- CreateIndex
CREATE INDEX "Delivery_status_lane_id_idx" ON "Delivery"("status", "lane", "id");
